-- Reserves a name for a holder, unless another holder has it.
-- KEYS[1] claim
-- ARGV    holder, how long in milliseconds
-- Answers the present holder.
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
  return holder
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return ARGV[1]
