-- For update.lua: the session has no references.
local index = nil
local last = #ARGV
