-- Settles a batch: moves each message to where it is from now on, unless it has been settled before.
--
-- A message that is no longer pending was settled by another consumer (or by this one, and the reply was lost), so
-- nothing is done for it: what was worked twice is forwarded once. The new place is written before the old one is
-- given up, so that a script refused half-way (out of memory, a replica) has lost nothing; within the script nobody
-- can see the message in both.
--
-- KEYS: the stage's stream, the next stream (or the same), retry queue, dead letters, their counts, their index,
--       the record of superseded ones, the objects that were stored
-- ARGV: group, then six for each message: id, what became of it, its new bytes, an argument, the key of its object,
--       when that was read (ms); where the parts of a message part ways, six for each of them, one after another, and
--       the message is given up with the last
-- Returns a flag for each six, 1 where this call settled them.

local REMEMBERED = 100000 -- objects that were stored; 10 MB

local source, sink, retries, dead, counts, index, record, stored = unpack(KEYS)
local group = ARGV[1]
local reply = {}

local now = redis.call('TIME')
local now_ms = now[1] * 1000 + math.floor(now[2] / 1000)

-- The object called `key`, as it was read at `read_ms`, is stored as the document `by`: what failed of its earlier
-- states is of no interest any more. A later state that failed is; so is another report in the same state.
local function supersede(key, read_ms, by)
  redis.call('ZADD', stored, 'GT', read_ms, key)
  redis.call('ZREMRANGEBYRANK', stored, 0, -1 - REMEMBERED)
  for _, member in ipairs(redis.call('ZRANGEBYLEX', index, '[' .. key .. NUL, '(' .. key .. '\1')) do
    local id = string.sub(member, #key + 2)
    local fields = fields_of(dead, id)
    if not fields then
      redis.call('ZREM', index, member)
    elseif tonumber(fields['read']) < read_ms then
      record_superseded(record, id, fields['letter'], by)
      drop_letter(dead, counts, index, id, fields['count'], key)
    end
  end
end

for i = 2, #ARGV, 6 do
  local id, became, bytes, argument, key, read_ms = unpack(ARGV, i, i + 5)
  if #redis.call('XPENDING', source, group, id, id, 1) == 0 then
    reply[#reply + 1] = 0
  else
    if became == 'forwarded' then
      redis.call('XADD', sink, '*', '__data__', bytes)
    elseif became == 'stored' then
      supersede(key, tonumber(read_ms), argument)
    elseif became == 'retried' then
      redis.call('ZADD', retries, now_ms + tonumber(argument), bytes)
    elseif became == 'dead_lettered' then
      if tonumber(redis.call('ZSCORE', stored, key) or 0) > tonumber(read_ms) then
        record_superseded(record, '', bytes, '') -- it was overtaken by a later state
      else
        add_letter(dead, counts, index, bytes, argument, key, read_ms)
      end
    elseif became == 'released' then
      local entry = redis.call('XRANGE', source, id, id)[1]
      if entry then
        redis.call('XADD', source, '*', unpack(entry[2]))
      end
    end
    if ARGV[i + 6] ~= id then
      redis.call('XACK', source, group, id)
      redis.call('XDEL', source, id)
    end
    reply[#reply + 1] = 1
  end
end

return reply
