"use strict";
// The page works without this; it adds keys, for who has forty of them to decide.
const form = document.querySelector("form.decide");
const points = document.getElementById("points");
const comment = document.getElementById("comment");
const typing = () => document.activeElement === points || document.activeElement === comment;
const go = (name) => document.getElementById(name)?.click();
const give = (value) => { points.value = value; comment.focus(); };
const keys = {
  f: () => give(points.dataset.most),
  z: () => give("0"),
  c: () => comment.focus(),
  n: () => go("next"),
  p: () => go("previous"),
  o: () => go("overview"),
};

document.getElementById("keys").hidden = false;
// Whoever speaks to the machine, or hits keys by chance, can do without them.
const use = document.getElementById("use-keys");
use.checked = localStorage.getItem("keys") !== "off";
use.addEventListener("change", () => localStorage.setItem("keys", use.checked ? "on" : "off"));
let sent = false;
form.addEventListener("submit", (event) => {
  if (sent) event.preventDefault();  // a double click; the server would take it for one as well
  sent = true;
});
window.addEventListener("pageshow", () => { sent = false; });
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    form.querySelector("button[value=save]").click();
  } else if (event.key === "Escape") {
    document.activeElement.blur();
  } else if (!use.checked || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  } else if (document.activeElement === points && /^[a-z]$/.test(event.key)) {
    keys[event.key]?.();
    event.preventDefault();
  } else if (!typing() && keys[event.key]) {
    keys[event.key]();
    event.preventDefault();
  } else if (!typing() && /^[0-9]$/.test(event.key)) {
    points.value = "";
    points.focus();
  }
});
