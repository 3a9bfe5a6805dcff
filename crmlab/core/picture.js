// One picture and its sentence. A new picture is decoded first and swapped in afterwards: no blank frame while dragging.

const tidy = (node) => node?.textContent.trim() ?? "";

// ipywidgets sliders have a visible label that assistive technology cannot find: give each handle its name and its words.
function nameSliders(card) {
  for (const slider of card.querySelectorAll(".widget-hslider")) {
    const name = tidy(slider.querySelector(".widget-label"));
    const readout = slider.querySelector(".widget-readout");
    const handle = slider.querySelector("[role=slider]");
    if (!name || !handle) continue;
    const set = (node, attribute, value) => value && node.getAttribute(attribute) !== value && node.setAttribute(attribute, value);
    set(handle, "aria-label", name);
    set(handle, "aria-valuetext", tidy(readout));
    if (readout?.isContentEditable) {
      set(readout, "role", "textbox");
      set(readout, "aria-label", name);
    }
  }
}

function attend(el, lang) {
  let observer;
  const frame = requestAnimationFrame(function look() {
    const card = el.closest(".crmlab-explorer");
    if (!card) return;
    card.lang = lang;
    observer = new MutationObserver(() => nameSliders(card));
    observer.observe(card, { childList: true, subtree: true, characterData: true, attributeFilter: ["aria-valuetext"] });
    nameSliders(card);
  });
  return () => { cancelAnimationFrame(frame); observer?.disconnect(); };
}

function render({ model, el }) {
  el.classList.add("crmlab-picture");
  el.lang = model.get("lang");

  const paper = document.createElement("div");
  paper.className = "crmlab-paper";
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  const message = document.createElement("p");
  message.className = "crmlab-message";
  message.setAttribute("role", "alert");
  const caption = document.createElement("p");
  caption.className = "crmlab-caption";
  caption.setAttribute("aria-live", "polite");
  paper.append(canvas, message);
  el.append(paper, caption);

  let asked = 0;
  let shown = 0;
  async function show() {
    const turn = ++asked;
    const png = model.get("png");
    const words = { caption: model.get("caption"), message: model.get("message") };
    const size = { width: model.get("width"), height: model.get("height") };
    const bitmap = words.message || !png?.byteLength ? null : await createImageBitmap(new Blob([png], { type: "image/png" }));
    if (turn < shown) { bitmap?.close(); return; }  // a newer picture stands there already
    shown = turn;
    canvas.style.width = `${size.width}px`;
    if (bitmap) {
      if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
        canvas.width = bitmap.width;
        canvas.height = bitmap.height;
      }
      canvas.getContext("2d").drawImage(bitmap, 0, 0);
      bitmap.close();
    }
    canvas.setAttribute("aria-label", words.caption);
    canvas.classList.toggle("crmlab-hidden", !bitmap);
    message.textContent = words.message;
    caption.textContent = words.caption;
  }

  canvas.width = 2 * model.get("width");
  canvas.height = 2 * model.get("height");
  show();
  model.on("change", show);
  const leave = attend(el, el.lang);
  return () => { model.off("change", show); leave(); };
}

export default { render };
