-- Scans some of the keys of a node of a cluster.
-- KEYS[1] any key of a slot of that node: it leads there, and need not exist
-- ARGV    node that returned the cursor, cursor, pattern of the keys, about how many keys to scan
-- Answers {node, next cursor or 0, {key, ...}}. A cursor of another node is not valid here: then the scan begins anew.
local node, cursor = redis.call('CLUSTER', 'MYID'), ARGV[2]
if node ~= ARGV[1] then
  cursor = '0'
end
local reply = redis.call('SCAN', cursor, 'MATCH', ARGV[3], 'COUNT', ARGV[4])
return {node, reply[1], reply[2]}
