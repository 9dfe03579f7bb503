-- Ends a session, and tells what it was entered under.
-- KEYS[1] session
-- ARGV    reference fields
-- Returns {1, value as JSON, ...} in the order of the fields, with false for a field that it does not have; {0} if there is none.
local values = redis.pcall('HMGET', KEYS[1], unpack(ARGV))
if values.err or redis.call('UNLINK', KEYS[1]) == 0 then
  return {0}
end
table.insert(values, 1, 1)
return values
