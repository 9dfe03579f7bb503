-- Gives a name back, if the holder still has it.
-- KEYS[1] claim
-- ARGV    holder
-- Answers 1 if it had it, else 0.
if redis.call('HGET', KEYS[1], 'holder') == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
