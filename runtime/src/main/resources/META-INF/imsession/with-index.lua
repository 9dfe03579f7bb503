-- For update.lua: the session has references, and index.lua describes their arguments.
local index = {}
local last = #ARGV - 1 - 3 * ARGV[#ARGV]
