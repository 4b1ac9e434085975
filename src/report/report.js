/* The one script of report.html. Without it everything is there and can be read; it adds sorting, filtering, and going to an agency's sheet.
 * Its words stand in attributes of the ranking, and whatever it shows is put there as text. */
(function () {
  'use strict';
  const ranking = document.getElementById('ranking');
  const words = ranking.dataset;
  const order = new Intl.Collator('vi', {numeric: true});
  const rows = table => Array.from(table.tBodies[0].rows);
  /* What is typed finds names with and without their marks. */
  const plain = text => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/\u0111/g, 'd');

  function make(parent, name, text) {
    const element = parent.appendChild(document.createElement(name));
    if (text) element.textContent = text;
    return element;
  }

  /* ---- sorting: figures by what they are, texts as Vietnamese orders them; what has no figure stays behind, equals stay in the order of the ranking ---- */

  const name = cell => (cell.querySelector('a') || cell).textContent;

  function compare(a, b) {
    const x = a.dataset.value, y = b.dataset.value;
    if (x !== undefined && y !== undefined) return Number(x) - Number(y);
    return order.compare(name(a), name(b));
  }

  function sort(table, original, column, sign) {
    const figures = original.some(row => row.cells[column].dataset.value !== undefined);
    const lacks = row => figures && row.cells[column].dataset.value === undefined;
    const sorted = original.slice().sort(function (a, b) {
      if (lacks(a) || lacks(b)) return lacks(a) - lacks(b);
      return sign * compare(a.cells[column], b.cells[column]);
    });
    table.tBodies[0].append(...sorted);
  }

  function makeSortable(table) {
    const original = rows(table);
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach(function (head, column) {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      head.setAttribute('aria-sort', head.dataset.sorted || 'none');
      button.addEventListener('click', function () {
        const next = head.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
        heads.forEach(other => other.setAttribute('aria-sort', 'none'));
        head.setAttribute('aria-sort', next);
        sort(table, original, column, next === 'ascending' ? 1 : -1);
      });
    });
  }

  /* ---- filtering ---- */

  function makeField(tools, label, id) {
    const box = make(tools, 'div');
    const named = make(box, 'label', label);
    const input = make(box, 'input');
    named.htmlFor = input.id = id;
    input.autocomplete = 'off';
    return input;
  }

  function makeFilter(tools, tables) {
    const input = makeField(tools, words.filter, 'filter');
    const told = make(tools, 'span');
    input.type = 'search';
    told.setAttribute('role', 'status');
    const entries = tables.map(function (table) {
      const group = table.caption ? table.caption.textContent : '';
      return {table, entries: rows(table).map(row => ({row, text: plain(row.querySelector('th').textContent + ' ' + group)}))};
    });
    input.addEventListener('input', function () {
      const wanted = plain(input.value.trim());
      let all = 0, shown = 0;
      for (const part of entries) {
        let here = 0;
        for (const entry of part.entries) {
          entry.row.hidden = !entry.text.includes(wanted);
          here += entry.row.hidden ? 0 : 1;
        }
        part.table.hidden = here === 0;
        if (!ranking.contains(part.table)) continue;
        all += part.entries.length;
        shown += here;
      }
      told.textContent = wanted ? words.shown.replace('%d', shown).replace('%d', all) : '';
    });
  }

  /* ---- going to an agency ---- */

  function makeJump(tools) {
    const input = makeField(tools, words.jump, 'jump');
    const list = make(tools, 'datalist');
    list.id = 'agencies';
    input.setAttribute('list', list.id);
    const links = Array.from(ranking.querySelectorAll('tbody th a'), function (link) {
      const whole = link.closest('th').textContent;
      make(list, 'option').value = whole;
      return {whole, text: plain(whole), to: link.getAttribute('href')};
    });
    const go = function (link) {
      if (!link) return;
      const title = document.querySelector(link.to + ' h3');
      location.hash = link.to;
      title.tabIndex = -1;
      title.focus();
    };
    input.addEventListener('input', () => go(links.find(link => link.whole === input.value)));
    input.addEventListener('keydown', function (event) {
      if (event.key !== 'Enter' || !input.value.trim()) return;
      event.preventDefault();
      go(links.find(link => link.text.includes(plain(input.value.trim()))));
    });
  }

  const tables = Array.from(document.querySelectorAll('table.agencies'));
  const tools = document.createElement('div');
  tools.className = 'tools';
  ranking.querySelector('h2').after(tools);
  makeFilter(tools, tables);
  makeJump(tools);
  tables.forEach(makeSortable);
})();
