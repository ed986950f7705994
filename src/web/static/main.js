// What the pages gain from a script; each of them works without it. Plain module, no library: the evidence drawer, arrow keys over the
// cells of a table, `/` for the search, `?` for the keys, `g` and a letter for a page, and forms that answer when a choice is made.
const { body } = document;
let drawer = null;
let opener = null;
let asked = 0;

const isTyping = (event) =>
  event.isComposing ||
  event.keyCode === 229 ||
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  event.target.closest?.('input, textarea, select, [contenteditable]');

/** Puts the record behind a link into the drawer; where that fails, the link is followed. */
async function open(link) {
  const mine = ++asked;
  opener = link;
  const frame = drawer ?? makeDrawer();
  const content = frame.querySelector('.content');
  frame.setAttribute('aria-busy', 'true');
  // A link in a drawing has no text for its href.
  const address = new URL(link.getAttribute('href'), location.href);
  frame.querySelector('.full-page').href = address.href;
  try {
    address.searchParams.set('fragment', '1');
    const answer = await fetch(address);
    if (mine !== asked) return;
    if (!answer.ok) throw new Error(answer.statusText);
    content.innerHTML = await answer.text();
    frame.scrollTop = 0;
  } catch {
    if (mine === asked) content.textContent = body.dataset.failed;
  }
  frame.removeAttribute('aria-busy');
}

function makeDrawer() {
  drawer = document.createElement('aside');
  drawer.className = 'drawer noprint';
  drawer.tabIndex = -1;
  drawer.setAttribute('aria-live', 'polite');
  drawer.setAttribute('aria-label', body.dataset.open);
  const bar = document.createElement('div');
  bar.className = 'bar';
  const full = document.createElement('a');
  full.className = 'full-page';
  full.textContent = body.dataset.open;
  const shut = document.createElement('button');
  shut.type = 'button';
  shut.className = 'end';
  shut.textContent = `${body.dataset.close} Esc`;
  shut.addEventListener('click', close);
  bar.append(full, shut);
  const content = document.createElement('div');
  content.className = 'content';
  content.textContent = body.dataset.loading;
  drawer.append(bar, content);
  body.append(drawer);
  return drawer;
}

function close() {
  asked += 1;
  drawer?.remove();
  drawer = null;
  opener?.focus({ preventScroll: true });
}

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[data-record]');
  if (!link || event.defaultPrevented || event.button !== 0) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(link);
});

/** The link of a cell that keys can stand on. */
const linkIn = (cell) => cell?.querySelector('a');
const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** Moves from the cell of a link to the next cell that has one. */
function move(from, [down, right]) {
  const table = from.closest('table[data-cells]');
  const rows = [...table.rows];
  const own = from.closest('th, td');
  let row = rows.indexOf(own.parentElement);
  let column = own.cellIndex;
  for (;;) {
    row += down;
    column += right;
    const cell = rows[row]?.cells[column];
    if (!cell) return;
    const link = linkIn(cell);
    if (!link) continue;
    link.focus();
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (drawer && link.matches('[data-record]')) open(link);
    return;
  }
}

/** After `g` the letters of pages: `g c` is compare. */
const sections = { o: '/', c: '/compare', s: '/search', p: '/c', r: '/review', d: '/data', t: '/status' };
let leads = false;

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && drawer && !event.isComposing) {
    close();
    return;
  }
  if (isTyping(event)) return;
  // For the scripts of single pages, which need not know what typing is; a letter after `g` is none of theirs.
  if (!leads) document.dispatchEvent(new CustomEvent('plainkey', { detail: event }));
  const link = event.target.closest?.('table[data-cells] a');
  if (leads && sections[event.key] && !event.repeat) {
    event.preventDefault();
    location.assign(sections[event.key]);
  }
  leads = event.key === 'g';
  if (event.key === '/') {
    event.preventDefault();
    document.querySelector('[data-key="/"]')?.focus();
  } else if (event.key === '?') {
    event.preventDefault();
    location.assign('/status#keys');
  } else if (link && steps[event.key]) {
    event.preventDefault();
    move(link, steps[event.key]);
  } else if (event.target.matches?.('.scroll') && event.key === 'Enter') {
    event.preventDefault();
    linkIn(event.target.querySelector('td:has(a[data-record])') ?? event.target)?.focus();
  }
});

// A choice from a list asks at once; words wait for Enter or the button. Fields left empty stay out of the address.
for (const form of document.querySelectorAll('form[data-live]')) {
  form.addEventListener('submit', () => {
    for (const field of form.elements) if (field.name && field.value === '') field.disabled = true;
  });
  for (const choice of form.querySelectorAll('select')) choice.addEventListener('change', () => form.requestSubmit());
}
window.addEventListener('pageshow', () => {
  for (const field of document.querySelectorAll('form[data-live] :disabled')) field.disabled = false;
});
