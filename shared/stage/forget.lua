-- Removes a consumer that is gone from its group, unless it still holds messages.
--
-- KEYS: stream, marks of what is in work, the consumer's liveness key
-- ARGV: group, consumer

if #redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2]) == 0 then
  redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
  redis.call('HDEL', KEYS[2], ARGV[2])
  redis.call('DEL', KEYS[3])
  return 1
end
return 0
