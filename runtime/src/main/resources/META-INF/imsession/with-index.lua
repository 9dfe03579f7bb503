-- For update.lua: the session has references, and index.lua describes their arguments.
local index = {}
local last = 10 + ARGV[9] + ARGV[10]
local expected = #ARGV - 1 - 3 * ARGV[#ARGV]
