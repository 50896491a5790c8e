-- What settle.lua and remove.lua have in common; it is put before each of them.
--
-- A dead letter is in three places, which these functions keep in step: the stream of dead letters (the letter, the name
-- of its count, the key of its object, when that was read), the counts by stage and code, and an index by object, a
-- sorted set of `KEY NUL ID`.

local NUL = '\0'
local RECORDED = 1000 -- superseded letters that are kept: 10 MB where each holds a whole report

local function add_letter(stream, counts, index, letter, name, key, read_ms)
  local id = redis.call('XADD', stream, '*', 'letter', letter, 'count', name, 'read', read_ms)
  redis.call('HINCRBY', counts, name, 1)
  if key ~= '' then
    redis.call('ZADD', index, 0, key .. NUL .. id)
  end
end

local function drop_letter(stream, counts, index, id, name, key)
  redis.call('XDEL', stream, id)
  redis.call('ZREM', index, key .. NUL .. id)
  if redis.call('HINCRBY', counts, name, -1) <= 0 then
    redis.call('HDEL', counts, name)
  end
end

local function record_superseded(record, id, letter, by)
  redis.call('XADD', record, 'MAXLEN', '~', RECORDED, '*', 'id', id, 'letter', letter, 'by', by)
end

-- The fields of an entry of a stream by their names; nil where there is no such entry.
local function fields_of(stream, id)
  local entry = redis.call('XRANGE', stream, id, id)[1]
  if not entry then
    return nil
  end
  local fields = {}
  for i = 1, #entry[2], 2 do
    fields[entry[2][i]] = entry[2][i + 1]
  end
  return fields
end
