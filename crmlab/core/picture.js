// One picture and its sentence. What is new is painted in one go: no blank frame while dragging.

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
  const press = () => button.setAttribute("aria-pressed", page.classList.contains("crmlab-projector"));
  button.addEventListener("click", () => {
    const on = page.classList.toggle("crmlab-projector");
    const lab = globalThis.jupyterapp?.commands;  // there when the course was started with `crmlab lab`
    if (lab?.isToggled("application:toggle-left-area") === on) lab.execute("application:toggle-left-area");
    // JupyterLab lays out its cells again; the explorer that was pressed stays in sight.
    setTimeout(() => (el.closest(".crmlab-explorer") ?? el).scrollIntoView({ block: "start" }), 300);
  });
  const observer = new MutationObserver(press);
  observer.observe(page, { attributeFilter: ["class"] });
  press();
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

  function tell({ caption: words, message: objection }) {
    canvas.setAttribute("aria-label", words);
    canvas.classList.toggle("crmlab-hidden", Boolean(objection));
    if (message.textContent !== objection) message.textContent = objection;
    if (caption.textContent !== words) caption.textContent = words;
    // Room once taken by a long sentence is kept, so that the page below does not move with every other value.
    if (caption.offsetHeight > room) caption.style.minHeight = `${room = caption.offsetHeight}px`;
  }

  // What changed: areas, and their pixels as runs of one colour.
  let answered = false;
  function paint(content, buffers) {
    const [lengths, colours] = buffers.map((part) =>
      new Uint32Array(part.buffer.slice(part.byteOffset, part.byteOffset + part.byteLength)));
    let run = 0;
    let left = lengths[0];
    for (const [x, y, width, height] of content.areas) {
      const image = new ImageData(width, height);
      const pixels = new Uint32Array(image.data.buffer);
      for (let at = 0, end; at < pixels.length; at = end) {
        end = Math.min(at + left, pixels.length);
        pixels.fill(colours[run], at, end);
        left -= end - at;
        if (!left) left = lengths[++run];
      }
      context.putImageData(image, x, y);
    }
    answered = true;
    tell(content);
  }

  // Python answers when it has run all cells that wait; until then the first picture stands here.
  async function begin({ png, ...words }) {
    const bitmap = await createImageBitmap(new Blob([png], { type: "image/png" }));
    if (answered) return;
    context.drawImage(bitmap, 0, 0);
    tell(words);
  }
  let room = 0;
  const resized = new ResizeObserver(() => { caption.style.minHeight = ""; room = 0; });
  resized.observe(paper);

  model.on("msg:custom", paint);
  model.send({ ask: "picture" });
  const first = model.get("first");
  if (first.png) begin(first);
  const leave = attend(el, model);
  return () => { model.off("msg:custom", paint); resized.disconnect(); leave(); forget(); };
}

export default { render };
