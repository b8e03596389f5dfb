(() => {
  'use strict';
  const root = document.documentElement;
  const byId = id => document.getElementById(id);
  const all = selector => Array.from(document.querySelectorAll(selector));

  byId('theme').hidden = false;
  byId('theme').addEventListener('click', () => {
    const dark = root.dataset.theme
      ? root.dataset.theme === 'dark'
      : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
  });

  const bar = byId('rules');
  if (!bar) {
    return;
  }
  bar.hidden = false;
  byId('skip').hidden = false;
  const search = byId('search');
  const rules = all('.row').map(element => ({
    element,
    text: element.textContent.toLowerCase(),
    level: element.dataset.level,
    outcomes: (element.dataset.outcomes
      ? element.dataset.outcomes.split(' ')
      : Array.from(element.querySelectorAll('[data-outcome]'), cell => cell.dataset.outcome)),
  }));
  const areas = all('.rows');
  const chips = all('.chip');

  const pressed = name => chips
    .filter(chip => chip.getAttribute('aria-pressed') === 'true' && chip.dataset[name])
    .map(chip => chip.dataset[name]);

  const apply = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const outcomes = pressed('outcome');
    const levels = pressed('level');
    let shown = 0;
    for (const rule of rules) {
      const fits = words.every(word => rule.text.includes(word))
        && (outcomes.length === 0 || rule.outcomes.some(outcome => outcomes.includes(outcome)))
        && (levels.length === 0 || levels.includes(rule.level));
      rule.element.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    for (const area of areas) {
      area.hidden = !area.querySelector('.row:not([hidden])');
    }
    byId('shown').textContent = shown === rules.length ? `${shown} rules` : `${shown} of ${rules.length} rules`;
    byId('nothing').hidden = shown > 0;
  };

  search.addEventListener('input', apply);
  for (const chip of chips) {
    chip.addEventListener('click', () => {
      chip.setAttribute('aria-pressed', String(chip.getAttribute('aria-pressed') !== 'true'));
      apply();
    });
  }

  const expand = byId('expand');
  if (expand) {
    expand.addEventListener('click', () => {
      const open = expand.textContent === 'Open all';
      for (const rule of rules) {
        if (!rule.element.hidden) {
          rule.element.open = open;
        }
      }
      expand.textContent = open ? 'Close all' : 'Open all';
    });
  }

  document.addEventListener('keydown', event => {
    if (event.key === '/' && document.activeElement !== search) {
      event.preventDefault();
      search.focus();
    } else if (event.key === 'Escape' && document.activeElement === search) {
      search.value = '';
      apply();
    }
  });

  // A link to what the search or the filters hide shows everything again.
  const reveal = () => {
    const target = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.matches('.row, .rows')) {
      return;
    }
    if (target.closest('[hidden]')) {
      search.value = '';
      chips.forEach(chip => chip.setAttribute('aria-pressed', 'false'));
      apply();
    }
    if ('open' in target) {
      target.open = true;
    }
    // a table has its head in the way
    target.scrollIntoView({block: target.matches('tr') ? 'center' : 'start'});
  };
  addEventListener('hashchange', reveal);
  document.addEventListener('click', event => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) { // the same once more, which changes no hash
      reveal();
    }
  });
  apply();
  reveal();
})();
