// The worker for reminders: shows one neutral sentence when the push service calls, and opens the page on a tap.
// It keeps nothing and answers no request of a page.
self.addEventListener("push", (event) => {
  event.waitUntil(self.registration.showNotification("{{ says|escapejs }}", { tag: "note", silent: true }));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/"));
});
