-- Removes a dead letter and, where there are bytes, puts those into a stream: a replay. Of two
-- that replay or discard the same letter at once, the first does it and the second does nothing.
--
-- KEYS: dead letters, their counts, the stream, what was discarded
-- ARGV: id, name of its count, bytes or '', the key and etag of its object or ''
-- Returns 1 where this call did it.

local dead, counts, stream = KEYS[1], KEYS[2], KEYS[3]
local id, name, bytes = ARGV[1], ARGV[2], ARGV[3]

if #redis.call('XRANGE', dead, id, id) == 0 then
  return 0
end
if bytes ~= '' then
  redis.call('XADD', stream, '*', '__data__', bytes)
elseif ARGV[4] ~= '' then
  redis.call('HSET', KEYS[4], ARGV[4], ARGV[5])
end
redis.call('XDEL', dead, id)
if redis.call('HINCRBY', counts, name, -1) <= 0 then
  redis.call('HDEL', counts, name)
end
return 1
