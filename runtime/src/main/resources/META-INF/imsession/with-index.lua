-- For update.lua: the session has references, of which index.lua tells the arguments.
local index = {}
local last = #ARGV - 1 - 3 * ARGV[#ARGV]
