-- Settles a batch: moves each message to where it is from now on, unless it has been settled before.
--
-- A message that is no longer pending was settled by another consumer (or by this one, and the reply was lost), so
-- nothing is done for it: what was worked twice is forwarded once. The new place is written before the old one is
-- given up, so that a script refused half-way (out of memory, a replica) has lost nothing; within the script nobody
-- can see the message in both.
--
-- KEYS: the stage's stream, the next stream (or the same), retry queue, dead letters, counts of dead letters
-- ARGV: group, then four for each message: id, what became of it, an argument, its new bytes
-- Returns a flag for each message, 1 where this call settled it.

local source, sink, retries, dead, counts = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local group = ARGV[1]
local reply = {}

local now = redis.call('TIME')
local now_ms = now[1] * 1000 + math.floor(now[2] / 1000)

for i = 2, #ARGV, 4 do
  local id, became, argument, bytes = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  if #redis.call('XPENDING', source, group, id, id, 1) == 0 then
    reply[#reply + 1] = 0
  else
    if became == 'forwarded' then
      redis.call('XADD', sink, '*', '__data__', bytes)
    elseif became == 'retried' then
      redis.call('ZADD', retries, now_ms + tonumber(argument), bytes)
    elseif became == 'dead_lettered' then
      redis.call('XADD', dead, '*', 'letter', bytes)
      redis.call('HINCRBY', counts, argument, 1)
    elseif became == 'released' then
      local entry = redis.call('XRANGE', source, id, id)[1]
      if entry then
        redis.call('XADD', source, '*', unpack(entry[2]))
      end
    end
    redis.call('XACK', source, group, id)
    redis.call('XDEL', source, id)
    reply[#reply + 1] = 1
  end
end

return reply
