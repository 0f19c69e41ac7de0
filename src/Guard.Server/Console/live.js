// Keeps a page's parts new. Without this script pages are the same, and are reloaded by hand.
(() => {
  "use strict";
  const status = document.getElementById("live");
  const parts = () => [...document.querySelectorAll("[data-live]")];
  const shown = parts().some(part => part.closest("main"));
  const leastPause = 1000;
  let source, wanted, timer, last = 0, paused = false, stale = false;

  const button = document.createElement("button");
  button.type = "button";
  button.addEventListener("click", () => {
    paused = !paused;
    paused ? close() : open();
    say(paused ? "paused" : "waiting");
  });
  if (!shown) {
    status.replaceChildren();
    return;
  }
  status.replaceChildren(button);

  function say(state) {
    const words = { live: "Live", paused: "Paused", waiting: "Connecting", lost: "No connection" };
    if (status.dataset.state !== state) {
      status.dataset.state = state;
      button.textContent = words[state];
      button.setAttribute("aria-label", words[state] + (paused ? ": go on refreshing" : ": pause refreshing"));
    }
  }

  function open() {
    close();
    say("waiting");
    source = new EventSource("/console/live");
    source.addEventListener("open", () => {
      say("live");
      if (stale) ask(null);
      stale = true;
    });
    source.addEventListener("changed", event => ask(event.data.split(" ")));
    source.addEventListener("all", () => ask(null));
    source.addEventListener("error", () => say("lost"));
  }

  function close() {
    source?.close();
    clearTimeout(timer);
    timer = undefined;
  }

  // Topics gather while a refresh is due; null stands for all of them.
  function ask(topics) {
    const matches = topics === null || parts().some(part => part.dataset.live.split(" ").some(topic => topics.includes(topic)));
    if (!matches) return;
    wanted = topics === null || wanted === null ? null : [...(wanted ?? []), ...topics];
    timer ??= setTimeout(refresh, Math.max(0, last + leastPause - performance.now()));
  }

  async function refresh() {
    const topics = wanted;
    [wanted, last] = [undefined, performance.now()];
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store" });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        document.title = page.title;
        for (const part of parts()) {
          const fresh = page.getElementById(part.id);
          const due = topics === null || part.dataset.live.split(" ").some(topic => topics.includes(topic));
          if (fresh && due && !held(part)) take(part, fresh);
        }
      }
      if (!paused) say("live");
    } catch {
      say("lost");
    } finally {
      last = performance.now();
      timer = undefined;
      if (wanted !== undefined) ask(wanted);
    }
  }

  // Nothing moves under a pointer that is about to click a row, or under selected text.
  function held(part) {
    const selection = getSelection();
    return (part.hasAttribute("data-hold") && part.matches(":hover"))
      || (selection && !selection.isCollapsed && selection.containsNode(part, true));
  }

  function take(part, fresh) {
    if (part.innerHTML === fresh.innerHTML) return;
    const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    const scrolled = [...part.querySelectorAll(".scroll")].map(box => [box.scrollLeft, box.scrollTop]);
    const unfolded = [...part.querySelectorAll("details")].map(box => box.open);
    part.replaceChildren(...fresh.childNodes);
    part.querySelectorAll(".scroll").forEach((box, index) => [box.scrollLeft, box.scrollTop] = scrolled[index] ?? [0, 0]);
    part.querySelectorAll("details").forEach((box, index) => box.open = unfolded[index] ?? box.open);
    if (focused !== null) [...part.querySelectorAll("a[href]")].find(link => link.getAttribute("href") === focused)?.focus();
  }

  // A hidden page gives its connection back: browsers hold only six to one server.
  document.addEventListener("visibilitychange", () => {
    if (!paused) document.hidden ? close() : open();
  });
  addEventListener("pagehide", close);
  addEventListener("pageshow", event => { if (event.persisted && !paused) open(); });
  open();
})();
