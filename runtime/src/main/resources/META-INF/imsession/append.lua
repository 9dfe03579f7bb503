-- Adds an entry to the journal of a user, and forgets what is too old or too much.
-- KEYS[1] journal: a stream. The id of an entry begins with its time, in milliseconds
-- ARGV    1 the most entries
--         2 how long an entry is kept, in milliseconds
--         3 ... names and texts of the entry
-- Answers the id of the entry.
local id = redis.call('XADD', KEYS[1], 'MAXLEN', '=', ARGV[1], '*', unpack(ARGV, 3))
local time = tonumber(string.match(id, '^%d+'))
redis.call('XTRIM', KEYS[1], 'MINID', '=', string.format('%d', math.max(0, time - ARGV[2])))
redis.call('PEXPIREAT', KEYS[1], string.format('%d', time + ARGV[2]))
return id
