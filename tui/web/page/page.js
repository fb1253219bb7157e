// Additions to textual.js: focus, tabs, downloads, and a message when the connection ends.
// textual.js has no hooks, so the globals it uses are replaced.
"use strict";

const focusTerminal = () => {
  if (document.querySelector("#end").hidden) document.querySelector(".xterm-helper-textarea")?.focus();
};

// The event "focus" is sent only after the connection is open, and keys are ignored without it: so blur first.
const refocus = () => {
  document.querySelector(".xterm-helper-textarea")?.blur();
  focusTerminal();
};

const showEnd = (event) => {
  const closed = event.code === 1000 ? "readlist was closed, all changes are saved" : "connection lost, reload the page";
  document.querySelector("#why").textContent = event.reason || closed;
  document.querySelector("#end").hidden = false;
  document.querySelector("#reload").focus();
};

window.WebSocket = class extends WebSocket {
  constructor(address) {
    super(new URL(address, location.href.replace(/^http/, "ws")));
    this.addEventListener("open", refocus);
    this.addEventListener("close", showEnd);
  }
};

const openTab = window.open.bind(window);
window.open = (address) => {
  if (!address) return null; // ignore clicks on text that looks like a link: the program opens links itself, after asking
  const target = new URL(address, location.href);
  if (target.origin === location.origin) {
    const link = document.createElement("a");
    link.href = target.href;
    link.download = "";
    link.click();
  } else if (target.protocol === "http:" || target.protocol === "https:") {
    const tab = openTab(target.href, "_blank");
    if (tab) tab.opener = null;
    const blocked = document.querySelector("#blocked");
    blocked.hidden = Boolean(tab);
    blocked.querySelector("a").href = blocked.querySelector("a").textContent = target.href;
  }
  return null;
};

// The terminal measures its characters once, so its font must be loaded before.
const start = window.onload;
window.onload = async (event) => {
  document.querySelector("#reload").addEventListener("click", () => location.reload());
  document.addEventListener("click", (click) => {
    if (click.target.closest("#blocked")) document.querySelector("#blocked").hidden = true;
    focusTerminal();
  });
  window.addEventListener("focus", focusTerminal);
  await Promise.allSettled(["", "bold ", "italic "].map((style) => document.fonts.load(`${style}16px "Roboto Mono"`)));
  start(event);
};
