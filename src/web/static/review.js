// Keys of the review page; main.js says when a key is no typing (an input, a composition, a shortcut of the browser).
const find = (name) => document.querySelector(`[data-review="${name}"]`);

const deeds = {
  a: () => find('accept')?.click(),
  s: () => find('skip')?.click(),
  u: () => find('undo')?.click(),
  // A rejection without its reason would be refused: the reason first.
  x: () => (find('reason')?.value.trim() ? find('reject')?.click() : find('reason')?.focus()),
  c: () => {
    const details = find('correction');
    if (!details) return;
    details.open = true;
    details.querySelector('input')?.focus();
  },
};

document.addEventListener('plainkey', ({ detail: event }) => {
  const deed = deeds[event.key.toLowerCase()];
  if (!deed || event.repeat || event.shiftKey) return;
  event.preventDefault();
  deed();
});

// Enter in the reason rejects and in a correction corrects, whatever button stands first.
document.querySelector('.review-form')?.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return;
  const button =
    event.target === find('reason')
      ? find('reject')
      : event.target.closest('details') && event.target.matches('input')
        ? find('correction').querySelector('button')
        : null;
  if (!button) return;
  event.preventDefault();
  button.click();
});
