/// The one script. Without it everything works by forms and reloading; with it times are the reader's own, lists move by keys,
/// progress comes by itself, and a dropped file shows how far it is.
enum Script {
    static let text = times + keys + events + dropping

    private static let times = #"""
        'use strict';
        const all = (what, where) => Array.from((where || document).querySelectorAll(what));
        function ago(then) {
          const s = Math.floor((Date.now() - then) / 1000);
          if (s < 0 || s >= 86400) return null;
          if (s < 60) return 'just now';
          return s < 3600 ? Math.floor(s / 60) + ' min ago' : Math.floor(s / 3600) + ' h ago';
        }
        function tell(where) {
          all('time[datetime]', where).forEach(t => {
            const then = new Date(t.dateTime);
            if (isNaN(then)) return;
            const exact = then.toLocaleString('en-GB', {day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit'});
            t.title = exact;
            const words = 'exact' in t.dataset ? exact : ago(then);
            if (words && t.textContent !== words) t.textContent = words;
          });
        }
        tell();
        setInterval(tell, 30000);

        """#

    private static let keys = #"""
        document.addEventListener('keydown', e => {
          if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest('input,select,textarea,[contenteditable]')) return;
          if (e.key === '/') {
            const q = document.getElementById('q');
            if (q) { e.preventDefault(); q.focus(); q.select(); }
          }
          if (e.key !== 'j' && e.key !== 'k') return;
          const rows = all('[data-row]');
          if (!rows.length) return;
          const here = rows.findIndex(r => r.contains(document.activeElement));
          const next = here < 0 ? (e.key === 'j' ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, here + (e.key === 'j' ? 1 : -1)));
          rows.forEach(r => r.classList.toggle('chosen', r === rows[next]));
          const link = rows[next].querySelector('a,button,input');
          if (link) link.focus();
          e.preventDefault();
        });
        document.addEventListener('change', e => {
          if (e.target.matches('[data-all]')) all('input[name="' + e.target.dataset.all + '"]').forEach(b => { b.checked = e.target.checked; });
          const set = e.target.closest('fieldset');
          if (set && e.target.matches('[data-branch]')) all('input[name]', set).forEach(t => { t.checked = e.target.checked; });
          if (set) branch(set);
          const form = e.target.closest('form[data-at-once]');
          if (form) form.requestSubmit();
          const live = e.target.closest('form[data-live]');
          if (live) renew(live);
        });
        let renewing = 0, asking = null;
        function renew(form) {
          clearTimeout(renewing);
          renewing = setTimeout(() => {
            if (asking) asking.abort();
            asking = new AbortController();
            fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form)), signal: asking.signal})
              .then(r => r.text()).then(text => refresh(text, form.dataset.live.split(' '))).catch(() => {});
          }, 150);
        }
        function refresh(text, ids) {
          const page = new DOMParser().parseFromString(text, 'text/html');
          ids.forEach(id => {
            const fresh = page.getElementById(id), old = document.getElementById(id);
            if (fresh && old) { old.replaceChildren(...fresh.childNodes); tell(old); }
          });
        }
        function branch(set) {
          const one = set.querySelector('[data-branch]'), ticks = all('input[name]', set), on = ticks.filter(t => t.checked).length;
          if (one) { one.checked = on === ticks.length; one.indeterminate = on > 0 && on < ticks.length; }
        }
        all('fieldset').forEach(branch);
        function await_history() {
          const list = document.querySelector('[data-again]');
          if (list) setTimeout(() => fetch(location.pathname).then(r => r.text()).then(text => {
            const main = new DOMParser().parseFromString(text, 'text/html').getElementById(list.id);
            if (!main) return;
            list.replaceWith(main);
            tell(main);
            await_history();
          }).catch(() => {}), 1500);
        }
        await_history();
        all('[data-scripted]').forEach(p => { p.hidden = false; });
        all('[data-plain]').forEach(p => { p.hidden = true; });

        """#

    private static let events = #"""
        const shown = new Map();
        function put(id, html) {
          const place = document.getElementById(id);
          if (!place || shown.get(id) === html || place.contains(document.activeElement)) return;
          shown.set(id, html);
          place.innerHTML = html;
          tell(place);
        }
        function listen(path) {
          const source = new EventSource(path);
          source.addEventListener('parts', e => {
            const parts = JSON.parse(e.data);
            Object.keys(parts).forEach(id => put(id, parts[id]));
          });
          source.addEventListener('over', e => {
            source.close();
            if (e.data === 'reload') fetch(location.pathname + location.search).then(r => r.ok ? r.text() : '').then(text => {
              const fresh = text && new DOMParser().parseFromString(text, 'text/html').getElementById('main');
              const main = document.getElementById('main');
              if (fresh && main) { main.replaceWith(fresh); tell(fresh); begin(); }
            });
          });
          return source;
        }
        function begin() { all('[data-events]').forEach(p => listen(p.dataset.events)); }
        begin();

        """#

    private static let dropping = #"""
        const place = document.getElementById('drop');
        if (place) {
          const field = place.querySelector('input[type=file]');
          const list = document.getElementById('sent');
          const button = place.querySelector('button');
          if (button) button.parentElement.hidden = true;
          const send = file => {
            const line = document.createElement('li');
            const name = document.createElement('span');
            const file_name = document.createElement('span');
            const bar = document.createElement('progress');
            const words = document.createElement('span');
            name.textContent = 'Your file';
            file_name.textContent = file.name;
            words.className = 'figures';
            bar.max = 100;
            bar.setAttribute('aria-label', 'Sending ' + file.name);
            line.append(name, file_name, bar, words);
            list.prepend(line);
            const form = new FormData(place);
            form.delete('file');
            form.append('file', file);
            const request = new XMLHttpRequest();
            request.open('POST', place.action);
            request.setRequestHeader('Accept', 'application/json');
            request.upload.onprogress = e => {
              if (!e.lengthComputable) return;
              bar.value = e.loaded / e.total * 100;
              words.textContent = 'sending ' + Math.floor(bar.value) + ' %';
            };
            const fail = why => { bar.remove(); words.textContent = '✕ ' + why; words.className = 'figures bad'; };
            request.onerror = () => fail('The connection broke. Drop the file again.');
            request.onload = () => {
              let answer = {};
              try { answer = JSON.parse(request.responseText); } catch (e) { answer = {}; }
              if (request.status >= 300 || !answer.batch_id) return fail(answer.error || 'It was not taken.');
              line.id = 'sent-' + answer.batch_id;
              listen('/events?sent=' + encodeURIComponent(answer.batch_id));
            };
            request.send(form);
          };
          field.addEventListener('change', () => { Array.from(field.files).forEach(send); field.value = ''; });
          document.addEventListener('dragover', e => { e.preventDefault(); place.classList.add('over'); });
          document.addEventListener('dragleave', e => { if (!e.relatedTarget) place.classList.remove('over'); });
          document.addEventListener('drop', e => {
            e.preventDefault();
            place.classList.remove('over');
            Array.from(e.dataTransfer.files).forEach(send);
          });
        }

        """#
}
