/* The page's data are opened, and from here it is alive. */
"use strict";

(async function () {
  const bytes = await sandbox.inflated(sandbox.bytes(document.getElementById("data").textContent));
  sandbox.page = JSON.parse(new TextDecoder().decode(bytes));
  sandbox.makeMap();
  await sandbox.startPlay();
  sandbox.startNames();
  sandbox.furnish();
  sandbox.speak(sandbox.language());
  sandbox.showPanel(window.innerWidth >= 1100 ? "layers" : null);
  sandbox.look();
  sandbox.startSharing();
  sandbox.startPrinting();
  if (location.hash.length > 1) sandbox.useAddress();
  sandbox.root.dataset.ready = "yes";
  sandbox.idle(() => sandbox.find("a"));
  sandbox.idle(sandbox.warm);
})();
