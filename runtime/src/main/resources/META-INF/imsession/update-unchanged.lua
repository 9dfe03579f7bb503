-- The short way of update.lua, which follows this text and describes the arguments. Most often nothing has
-- changed since the caller has loaded the session, and its token and references stay as they are: then only the time is left
-- to decide.
if redis.pcall('HGET', KEYS[1], '@meta') == ARGV[1] and ARGV[7] == 'none' then
  local time = now()
  local expires = time + ARGV[5]
  if ARGV[6] ~= '' then
    expires = math.min(expires, ARGV[6])
  end
  local possible = time <= tonumber(ARGV[4]) and time < expires + SLACK
  -- Each entry of the index has to outlive the session.
  for i = last + 1, #ARGV - 1, 3 do
    local score = tonumber(redis.call('HGET', KEYS[1], '@ref:' .. ARGV[i]))
    possible = possible and (not score or score >= expires + SLACK)
  end
  if possible then
    local changed = 9 + ARGV[9]
    redis.call('HSET', KEYS[1], '@meta', string.format('%s %d %d', ARGV[2], expires, ARGV[3] + 1), unpack(ARGV, 10, changed))
    if changed < last then
      redis.call('HDEL', KEYS[1], unpack(ARGV, changed + 1, last))
    end
    redis.call('PEXPIREAT', KEYS[1], string.format('%d', expires + SLACK))
    return string.format('CURRENT %d %d', time, expires)
  end
end
