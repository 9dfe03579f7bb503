-- For update.lua: the session has no references.
local index = nil
local last = 10 + ARGV[9] + ARGV[10]
local expected = #ARGV
