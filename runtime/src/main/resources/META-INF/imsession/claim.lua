-- Reserves a name for a holder, unless another holder has it. It needs no other commands than sessions do.
-- KEYS[1] claim
-- ARGV    holder, how long in milliseconds
-- Answers the present holder.
local holder = redis.call('HGET', KEYS[1], 'holder')
if holder and holder ~= ARGV[1] then
  return holder
end
redis.call('HSET', KEYS[1], 'holder', ARGV[1])
redis.call('PEXPIREAT', KEYS[1], string.format('%d', now() + ARGV[2]))
return ARGV[1]
