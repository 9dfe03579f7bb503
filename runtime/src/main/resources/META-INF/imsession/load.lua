-- Reads some fields of a session, and all its attributes but the private ones, also those that only another version of this
-- extension knows.
-- KEYS[1] session
-- ARGV    the names of the fields
-- Answers {name, value, ...}, which is empty if there is no session.
local key = KEYS[1]
local names = redis.pcall('HKEYS', key)
if names.err then
  -- A key of another type is no session.
  return string.find(names.err, 'WRONGTYPE', 1, true) and {} or names
end
local wanted = {}
for i = 1, #ARGV do
  wanted[ARGV[i]] = true
end
local result = {}
for i = 1, #names do
  local name = names[i]
  if wanted[name] or string.sub(name, 1, 1) == '@' and string.sub(name, 1, 9) ~= '@private:' then
    result[#result + 1] = name
    result[#result + 1] = redis.call('HGET', key, name)
  end
end
return result
