// A question card: Python sends words and questions, the browser sends {question, answer} and shows what comes back.
function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function renderQuestion(model, number) {
  const words = model.get("words");
  const question = model.get("questions")[number];
  const group = `${question.id}-${Math.random().toString(36).slice(2)}`;

  const form = element("form", { class: "crmlab-question", "data-item": question.id });
  const ask = element("div", { class: "crmlab-ask", id: `${group}-ask` });
  ask.innerHTML = question.html;
  const field = element("fieldset", { "aria-labelledby": ask.id });

  let read;
  let write;
  if (question.options.length) {
    for (const [key, html] of question.options) {
      const input = element("input", { type: "radio", name: group, value: key });
      const words_ = element("span");
      words_.innerHTML = html;
      field.append(element("label", {}, input, words_));
    }
    read = () => field.querySelector("input:checked")?.value ?? "";
    write = (value) => {
      for (const input of field.querySelectorAll("input")) input.checked = input.value === value;
    };
  } else {
    const input = element("input", { type: "text", inputmode: "decimal", autocomplete: "off" });
    field.append(element("label", { class: "crmlab-number" }, element("span", {}, words.number), input, element("span", {}, question.unit)));
    read = () => input.value.trim();
    write = (value) => { input.value = value; };
  }

  const button = element("button", { type: "submit" });
  const feedback = element("div", { class: "crmlab-feedback", role: "status", "aria-live": "polite" });
  // After a restart nobody listens until the cell has run again; a silent button would leave the student guessing.
  let waiting;
  const ask_python = (message) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { feedback.textContent = words.silent; }, 5000);
    try { model.send({ question: number, ...message }); } catch { feedback.textContent = words.silent; }
  };

  const row = element("div", { class: "crmlab-row" }, button);
  if (question.renewable) {
    const renew = element("button", { type: "button", class: "crmlab-renew" }, words.renew);
    renew.addEventListener("click", () => ask_python({ renew: true }));
    row.append(renew);
  }
  form.append(ask, field, row, feedback);

  // A prediction is committed before it is compared; elsewhere a press checks at once.
  let committed = false;
  const idle = () => {
    committed = false;
    button.textContent = question.commitFirst ? words.commit : words.check;
    button.disabled = read() === "";
  };
  field.addEventListener("input", () => { feedback.replaceChildren(); feedback.removeAttribute("data-status"); idle(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (question.commitFirst && !committed) {
      committed = true;
      button.textContent = words.compare;
      feedback.textContent = words.committed;
      return;
    }
    ask_python({ answer: read() });
  });

  let shown;
  const show = () => {
    const result = model.get("results")[number];
    // Another question's result must not touch what is being filled in here.
    if (JSON.stringify(result) === shown) return;
    shown = JSON.stringify(result);
    clearTimeout(waiting);
    if (result.status) {
      feedback.dataset.status = result.status;
      feedback.innerHTML = result.html;
      button.textContent = result.status === "right" ? words.check : words.again;
      committed = true;
    } else if (result.answer) {
      write(result.answer);
      feedback.textContent = words.earlier;
    }
  };
  idle();
  show();
  if (read() !== "") button.disabled = false;
  return [form, show];
}

function render({ model, el }) {
  el.classList.add("crmlab-card");
  el.lang = model.get("lang");
  // JupyterLab's own shortcuts must not fire while a student types a number or moves between options.
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const rendered = model.get("questions").map((_, number) => renderQuestion(model, number));
  el.append(...rendered.map(([form]) => form));
  const update = () => rendered.forEach(([, show]) => show());
  const asked = model.get("questions").map((question) => question.html);
  const renew = () => model.get("questions").forEach((question, number) => {
    if (question.html === asked[number]) return;
    asked[number] = question.html;
    const [old] = rendered[number];
    rendered[number] = renderQuestion(model, number);
    old.replaceWith(rendered[number][0]);
    rendered[number][0].querySelector(".crmlab-renew").focus();
  });
  model.on("change:results", update);
  model.on("change:questions", renew);
  return () => { model.off("change:results", update); model.off("change:questions", renew); };
}

export default { render };
