-- Removes a dead letter: it is replayed (its message goes back into a stream), discarded (the etag of its object is
-- remembered) or superseded (it is kept for the record). Of two that do so at once, the first does it and the second
-- does nothing.
--
-- KEYS: dead letters, their counts, their index, where it goes: the stream, what was discarded, or the record
-- ARGV: id, name of its count, key of its object or '', what is done, its argument: the message, the etag, or by which
--       document it is superseded
-- Returns 1 where this call did it.

local dead, counts, index, target = unpack(KEYS)
local id, name, key, done, argument = unpack(ARGV)

local fields = fields_of(dead, id)
if not fields then
  return 0
end
if done == 'replay' then
  redis.call('XADD', target, '*', '__data__', argument)
elseif done == 'supersede' then
  record_superseded(target, id, fields['letter'], argument)
elseif key ~= '' then
  redis.call('HSET', target, key, argument)
end
drop_letter(dead, counts, index, id, name, key)
return 1
