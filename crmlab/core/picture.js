// One picture and its sentence. A new picture is decoded first and swapped in afterwards: no blank frame while dragging.

const tidy = (node) => node?.textContent.trim() ?? "";
const set = (node, attribute, value) => value && node.getAttribute(attribute) !== value && node.setAttribute(attribute, value);

// ipywidgets sliders have a visible label that assistive technology cannot find: give each handle its name and its words.
function nameSliders(card) {
  for (const slider of card.querySelectorAll(".widget-hslider")) {
    const name = tidy(slider.querySelector(".widget-label"));
    const readout = slider.querySelector(".widget-readout");
    const handle = slider.querySelector("[role=slider]");
    if (!name || !handle) continue;
    set(handle, "aria-label", name);
    set(handle, "aria-valuetext", tidy(readout));
    if (readout?.isContentEditable) {
      set(readout, "role", "textbox");
      set(readout, "aria-label", name);
    }
  }
}

// Python's reset could be overtaken by a move that still waits here; setting the controls here drops that move.
async function reset(model) {
  for (const [id, state] of Object.entries(model.get("start"))) {
    const control = await model.widget_manager.get_model(id);
    control.set(state);
    control.save_changes();
  }
}

function attend(el, model) {
  let card, observer;
  const onClick = (event) => {
    if (!event.target.closest(".crmlab-reset")) return;
    event.stopPropagation();
    reset(model);
  };
  const frame = requestAnimationFrame(function look() {
    card = el.closest(".crmlab-explorer");
    if (!card) return;
    card.lang = model.get("lang");
    card.addEventListener("click", onClick, { capture: true });
    observer = new MutationObserver(() => nameSliders(card));
    observer.observe(card, { childList: true, subtree: true, characterData: true, attributeFilter: ["aria-valuetext"] });
    nameSliders(card);
  });
  return () => {
    cancelAnimationFrame(frame);
    observer?.disconnect();
    card?.removeEventListener("click", onClick, { capture: true });
  };
}

// For a lecture: larger type and pictures, no code, in the whole page until pressed again.
function projectorButton(el, label) {
  const page = document.documentElement;
  const button = document.createElement("button");
  button.className = "crmlab-projector-button";
  button.textContent = label;
  const tell = () => button.setAttribute("aria-pressed", page.classList.contains("crmlab-projector"));
  button.addEventListener("click", () => {
    const on = page.classList.toggle("crmlab-projector");
    const lab = globalThis.jupyterapp?.commands;  // there when the course was started with `crmlab lab`
    if (lab?.isToggled("application:toggle-left-area") === on) lab.execute("application:toggle-left-area");
    // JupyterLab lays out its cells again; the explorer that was pressed stays in sight.
    setTimeout(() => (el.closest(".crmlab-explorer") ?? el).scrollIntoView({ block: "start" }), 300);
  });
  const observer = new MutationObserver(tell);
  observer.observe(page, { attributeFilter: ["class"] });
  tell();
  return [button, () => observer.disconnect()];
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
  const [button, forget] = projectorButton(el, model.get("projector"));
  paper.append(canvas, message);
  el.append(paper, caption, button);

  const context = canvas.getContext("2d", { alpha: false });
  const size = { width: model.get("width"), height: model.get("height") };
  canvas.width = 2 * size.width;
  canvas.height = 2 * size.height;
  canvas.style.setProperty("--crmlab-width", `${size.width}px`);
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);

  async function paint() {
    const png = model.get("png");
    const words = { caption: model.get("caption"), message: model.get("message") };
    if (!words.message && png?.byteLength) {
      const bitmap = await createImageBitmap(new Blob([png], { type: "image/png" }));
      context.drawImage(bitmap, 0, 0);
      bitmap.close();
    }
    set(canvas, "aria-label", words.caption);
    canvas.classList.toggle("crmlab-hidden", Boolean(words.message));
    if (message.textContent !== words.message) message.textContent = words.message;
    if (caption.textContent !== words.caption) caption.textContent = words.caption;
  }

  // One picture at a time; of those that come meanwhile only the newest is painted.
  let painting = false;
  let waiting = false;
  async function show() {
    waiting = true;
    if (painting) return;
    painting = true;
    try {
      while (waiting) {
        waiting = false;
        await paint();
      }
    } finally {
      painting = false;
    }
  }

  show();
  model.on("change", show);
  const leave = attend(el, model);
  model.set("alive", true);
  model.save_changes();
  return () => { model.off("change", show); leave(); forget(); };
}

export default { render };
