// Loads the page anew as soon as the session of its user has ended, wherever that was done.
new WebSocket(new URL('api/presence', location.href.replace(/^http/, 'ws')))
  .onclose = close => { if (close.code === 1008) location.reload(); };
