// Tells the server which time zone the person is in, so that a day is their day.

export function nameZone() {
  const name = document.body.dataset.zoneCookie;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!name || !zone) return;
  document.cookie = `${name}=${encodeURIComponent(zone)}; path=/; secure; samesite=strict; max-age=31536000`;
}
