// The panel: what each image weighs at its origin, and what really arrived. The worker keeps
// a short report of its answers; without a worker everything is the original.
'use strict';

const kilobytes = (bytes) => (bytes === undefined ? '?' : Math.round(bytes / 1000).toLocaleString() + ' kB');

function askWorker() {
  const worker = navigator.serviceWorker && navigator.serviceWorker.controller;
  if (!worker) return Promise.resolve({});
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = (event) => resolve(event.data || {});
    worker.postMessage({ gip: 'report' }, [channel.port2]);
    setTimeout(() => resolve({}), 1000);
  });
}

async function original(url) {
  const answer = await fetch(url, { method: 'HEAD' });
  return { bytes: Number(answer.headers.get('content-length')), type: answer.headers.get('content-type') };
}

function addRow(cells, through) {
  const row = document.querySelector('#panel tbody').insertRow();
  for (const text of cells) row.insertCell().textContent = text;
  const last = row.insertCell();
  last.textContent = through ? 'yes' : 'no';
  last.className = through ? 'yes' : 'no';
}

async function show() {
  const report = await askWorker();
  let before = 0;
  let after = 0;
  for (const image of document.images) {
    const url = image.currentSrc;
    const origin = await original(url);
    const answer = report[url];
    const bytes = answer ? answer.bytes : origin.bytes;
    const type = answer ? answer.type : origin.type;
    before += origin.bytes;
    after += bytes;
    addRow([new URL(url).pathname.split('/').pop(), kilobytes(origin.bytes), kilobytes(bytes), type.replace('image/', '')], Boolean(answer));
  }
  const saved = Math.round(100 * (1 - after / before));
  document.querySelector('#total').textContent = saved > 0
    ? `${kilobytes(before)} became ${kilobytes(after)}: ${saved} % less.`
    : `${kilobytes(before)}, all originals. Reload to see gip.`;
}

addEventListener('load', () => void show());
