import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type express from 'express';
import type expressPouchdb from 'express-pouchdb';
import type PouchDB from 'pouchdb-core';
import { makeDataSet } from '../../data/tickets.ts';
import { PeerPackages } from './peer-packages.ts';

/** express-pouchdb as its documentation shows, on LevelDB in a directory of its own: FOLDER OF THE PEERS, TICKETS. */
const [folder = '', tickets = '0'] = process.argv.slice(2);
const packages = new PeerPackages(folder);
const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-bench-couch-'));
process.on('exit', () => fs.rmSync(directory, { recursive: true, force: true }));
process.on('SIGTERM', () => process.exit(0));

const Pouch = packages
  .load<typeof PouchDB>('pouchdb-core')
  .plugin(packages.load('pouchdb-adapter-leveldb'))
  .plugin(packages.load('pouchdb-replication'))
  .defaults({ prefix: `${directory}/`, adapter: 'leveldb' });
const data = makeDataSet(Number(tickets));
const rows = [...data.tickets, ...data.comments].map((row) => ({ ...row, _id: row.id }));
const space = new Pouch('space');
for (let first = 0; first < rows.length; first += 1_000) await space.bulkDocs(rows.slice(first, first + 1_000));

const app = packages.load<typeof express>('express')();
const files = { configPath: path.join(directory, 'config.json'), logPath: path.join(directory, 'log.txt') };
app.use('/', packages.load<typeof expressPouchdb>('express-pouchdb')(Pouch, { mode: 'minimumForPouchDB', ...files }));
const server = http.createServer(app);
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ listening: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
});
