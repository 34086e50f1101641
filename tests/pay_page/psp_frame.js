// Inside one card field's frame.
const query = new URLSearchParams(location.search);
const input = document.querySelector("input");
const kind = query.get("kind");
const short = { cardNumber: "number", cardExpiry: "expiry", cardCvc: "cvc" }[kind];
const length = { number: 16, expiry: 4, cvc: 3 }[short];
input.setAttribute("aria-label", { number: "Card number", expiry: "Expiry date", cvc: "Security code" }[short]);
input.placeholder = { number: "1234 1234 1234 1234", expiry: "MM / YY", cvc: "CVC" }[short];

const tell = (message) => parent.postMessage({ id: query.get("id"), ...message }, "*");
const digits = () => input.value.replace(/\D/g, "");

function state(blurred) {
  const complete = digits().length === length;
  let code;
  if (short === "number" && complete && digits() === "4242424242424241") code = "invalid_number";
  else if (blurred && digits() && !complete) code = `incomplete_${short}`;
  const error = code && { type: "validation_error", code, message: code };
  input.setAttribute("aria-invalid", String(Boolean(error)));
  return { elementType: kind, empty: !digits(), complete: complete && !error, error };
}

input.addEventListener("focus", () => tell({ event: "focus" }));
input.addEventListener("blur", () => {
  tell({ event: "blur" });
  if (digits()) tell({ event: "change", detail: state(true) });
});
input.addEventListener("input", () => tell({ event: "change", detail: state(false) }));
addEventListener("message", ({ data }) => {
  if (data.op === "focus") input.focus();
  if (data.op === "value") tell({ reply: data.reply, value: digits() });
  if (data.op === "clear") {
    input.value = "";
    tell({ event: "change", detail: state(false) });
  }
  if (data.op === "style") {
    const { base } = data.style;
    Object.assign(input.style, { color: base.color, fontFamily: base.fontFamily, fontSize: base.fontSize, lineHeight: base.lineHeight });
    document.documentElement.style.setProperty("--placeholder", base["::placeholder"].color);
  }
});
tell({ event: "ready" });
