// Evidence: copies a citation. Listens on the document, so that it also serves what the drawer brings later.
const reveal = (root) => {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll('[data-copy][hidden]')) button.hidden = false;
};

document.addEventListener('click', async (event) => {
  const button = event.target.closest?.('[data-copy]');
  const text = button?.closest('figure')?.querySelector('pre')?.textContent;
  if (!text) return;
  await navigator.clipboard.writeText(text);
  const said = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => {
    button.textContent = said;
  }, 1500);
});

reveal(document);
new MutationObserver(() => reveal(document)).observe(document.body, { childList: true, subtree: true });
