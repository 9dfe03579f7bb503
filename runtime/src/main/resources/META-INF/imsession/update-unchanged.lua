-- The short way of update.lua, which comes behind it and tells the arguments. Most often nothing has changed since the caller has
-- loaded the session, and the token stays as it is: then the caller has decided all but the time.
local index = nil
local last = #ARGV
if redis.pcall('HGET', KEYS[1], '@meta') == ARGV[1] .. ' ' .. ARGV[2] .. ' ' .. ARGV[3] and ARGV[7] == 'none' then
  local time = now()
  local expires = expiry(time, ARGV[5], ARGV[6])
  if time <= tonumber(ARGV[4]) and time < expires + SLACK then
    local changed = 9 + ARGV[9]
    redis.call('HSET', KEYS[1], '@meta', string.format('%s %d %d', ARGV[1], expires, ARGV[3] + 1), unpack(ARGV, 10, changed))
    if changed < last then
      redis.call('HDEL', KEYS[1], unpack(ARGV, changed + 1))
    end
    redis.call('PEXPIREAT', KEYS[1], string.format('%d', expires + SLACK))
    return string.format('CURRENT %d %d', time, expires)
  end
end

