socket.onclose = close => {
  if (close.code === 1008) {
    location.assign('/login');
  }
};
