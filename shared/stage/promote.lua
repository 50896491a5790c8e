-- Moves messages whose time has come from the retry queue back to the tail of their stream.
--
-- KEYS: retry queue, stream
-- ARGV: how many at most, the longest delay there is (ms)
-- Returns how many were moved.
--
-- A message that is due later than the longest delay from now was put there before the server's clock was set back;
-- it is due.

local now = redis.call('TIME')
local now_ms = now[1] * 1000 + math.floor(now[2] / 1000)
local most, longest = tonumber(ARGV[1]), tonumber(ARGV[2])

local moved = 0
local function move(from, to)
  for _, bytes in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], from, to, 'LIMIT', 0, most)) do
    redis.call('XADD', KEYS[2], '*', '__data__', bytes)
    redis.call('ZREM', KEYS[1], bytes)
    moved = moved + 1
  end
end

move('-inf', now_ms)
move(now_ms + longest, '+inf')
return moved
