#!/usr/bin/env node
'use strict';

// Runs under whatever Node the user has: Holdfast itself runs on the Node that `npm ci` brought along.
var childProcess = require('node:child_process');
var fs = require('node:fs');
var os = require('node:os');
var path = require('node:path');
var url = require('node:url');

var main = path.join(__dirname, 'main.ts');
var major = Number(process.versions.node.split('.')[0]);

if (major >= 24) {
  keepCompiled();
  void import(url.pathToFileURL(main).href).then(function (cli) {
    return cli.main(process.argv.slice(2));
  });
} else {
  var own = findNode();
  if (own) runOn(own);
  else needNode24();
}

// Compiled code is kept in this user's own cache, for this process and the jobs it starts: half the time to start.
function keepCompiled() {
  var folder = path.join(cacheFolder(), 'compiled');
  process.env.NODE_COMPILE_CACHE = process.env.NODE_COMPILE_CACHE || folder;
  require('node:module').enableCompileCache(process.env.NODE_COMPILE_CACHE);
}

// As main/platform/paths.ts says it, which can't be loaded before this.
function cacheFolder() {
  var env = process.env;
  if (env.HOLDFAST_CACHE) return env.HOLDFAST_CACHE;
  if (env.HOLDFAST_HOME) return path.join(env.HOLDFAST_HOME, 'cache');
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches', 'Holdfast');
  if (process.platform === 'win32') {
    return path.join(env.LOCALAPPDATA || path.join(os.homedir(), 'AppData', 'Local'), 'Holdfast', 'Cache');
  }
  return path.join(env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'holdfast');
}

function findNode() {
  var file = process.platform === 'win32' ? 'node.exe' : 'node';
  try {
    var folder = path.dirname(require.resolve('node/package.json', { paths: [__dirname] }));
    var node = path.join(folder, 'bin', file);
    if (fs.existsSync(node)) return node;
  } catch {
    // Told below.
  }
  return undefined;
}

function needNode24() {
  console.error(
    'holdfast needs Node 24 (this is ' +
      process.version +
      '); `npm ci` in its folder brings it, or install Node 24',
  );
  process.exit(1);
}

function runOn(program) {
  var child = childProcess.spawn(program, [__filename].concat(process.argv.slice(2)), { stdio: 'inherit' });
  var signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  signals.forEach(function (signal) {
    process.on(signal, function () {
      child.kill(signal);
    });
  });
  child.on('error', function (error) {
    console.error('cannot start ' + program + ': ' + error.message);
    process.exit(1);
  });
  child.on('exit', function (code, signal) {
    if (!signal) process.exit(code === null ? 1 : code);
    signals.forEach(function (name) {
      process.removeAllListeners(name);
    });
    process.kill(process.pid, signal);
  });
}
