// `npm run native`: makes @tensorflow/tfjs-node in a folder of its own. Seams works without it; with it, steps can run
// on TensorFlow's C library. `npm run native -- --library <folder>` takes the library from there instead of fetching it.
import { spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { arch, platform } from "node:os";
import { nativeFolder, QUIET_ADDON, readyNative, STAMP } from "./place.mjs";

const TFJS_NODE = "4.22.0";
/** The release of TensorFlow whose wheel has the C library that the tests were run with. */
const TENSORFLOW = "2.21.0";
/** Where tfjs-node's own install script fetches a built library from. */
const ITS_OWN = "https://storage.googleapis.com/tf-builds/pre-built-binary/";
const WHEELS = { x64: "manylinux_2_27_x86_64", arm64: "manylinux_2_27_aarch64" };
/** What the binding includes, of the wheel's many headers, and the licences. */
const WANTED =
  /^tensorflow\/(libtensorflow_(cc|framework)\.so\.2|THIRD_PARTY_NOTICES\.txt|include\/(LICENSE|tensorflow\/(c|core\/platform)\/.*|tsl\/.*|xla\/tsl\/c\/.*))$/;
const UNPACK = `
import re, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    for name in wheel.namelist():
        if re.match(sys.argv[2], name): wheel.extract(name, sys.argv[3])
`;

const folder = nativeFolder();
const modules = join(folder, "node_modules");
const tfjsNode = join(modules, "@tensorflow/tfjs-node");
const say = (words) => process.stdout.write(`${words}\n`);

/** A reason for which native cannot be made here: told in words, without a stack. */
class Missing extends Error {}

/** Runs a program to its end; what it prints is only shown when it fails. */
function run(command, args, { what, cwd = folder, env = {} }) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  if (error?.code === "ENOENT") throw new Missing(`${what}: there is no ${command} on this machine.`);
  if (status === 0) return stdout;
  const last = `${stdout ?? ""}${stderr ?? ""}${error?.message ?? ""}`
    .trim()
    .split("\n")
    .slice(-12)
    .join("\n");
  throw new Missing(`${what} failed:\n${last}`);
}

/** Loads tfjs-node in a process of its own and computes something; gives the library's version, or why it can't. */
function probe() {
  const program = `const tf = require("@tensorflow/tfjs-node");
    if (tf.tensor1d([1, 2]).square().sum().dataSync()[0] !== 5) throw new Error("1² + 2² is not 5");
    process.stdout.write(tf.backend().binding.TF_Version);`;
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2" };
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", program], {
    cwd: folder,
    env,
    encoding: "utf8",
  });
  return status === 0 ? { version: stdout } : { problem: stderr.trim().split("\n").slice(-6).join("\n") };
}

/** Its JavaScript, without its install script. The override: its own tar has known holes. */
function installPackage() {
  say(`Installing @tensorflow/tfjs-node ${TFJS_NODE} into ${folder} …`);
  mkdirSync(folder, { recursive: true });
  const manifest = {
    private: true,
    dependencies: { "@tensorflow/tfjs-node": TFJS_NODE },
    overrides: { tar: "^7.5.16" },
  };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], { what: "Installing tfjs-node" });
  // Workers run with --disallow-code-generation-from-strings: the one place that would break that rule is changed.
  const generated = join(tfjsNode, "dist/proto/api_pb.js");
  const text = readFileSync(generated, "utf8").replace("Function('return this')()", "globalThis");
  writeFileSync(generated, text);
}

async function isReachable(url) {
  try {
    await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(5000) });
    return true;
  } catch {
    return false; // no answer is the answer
  }
}

/** The way for machines that reach it: tfjs-node's install script, which fetches the library and a built binding. */
async function byItsOwnScript() {
  if (!(await isReachable(ITS_OWN))) {
    say("tfjs-node's own download is out of reach: the library comes from PyPI's tensorflow-cpu instead.");
    return false;
  }
  say("Fetching TensorFlow's C library by tfjs-node's own script …");
  try {
    run("npm", ["rebuild", "@tensorflow/tfjs-node"], { what: "tfjs-node's install script" });
  } catch (error) {
    say(`${error.message}\nThe library comes from PyPI's tensorflow-cpu instead.`);
    return false;
  }
  return probe().version !== undefined;
}

/** The library out of PyPI's wheel: a folder with libtensorflow_cc, libtensorflow_framework and include. */
function libraryFromPyPI() {
  const unpacked = join(folder, `tensorflow-${TENSORFLOW}`);
  const library = join(unpacked, "tensorflow");
  if (existsSync(join(library, "include"))) return library;
  const wheel = WHEELS[arch()];
  if (platform() !== "linux" || wheel === undefined)
    throw new Missing(
      `PyPI's library is taken on Linux only, this is ${platform()} ${arch()}: give one with --library <folder>.`,
    );
  const python = process.env.SEAMS_PYTHON ?? "python3";
  const download = join(folder, "download");
  rmSync(download, { recursive: true, force: true });
  say(`Fetching tensorflow-cpu ${TENSORFLOW} (about 270 MB) …`);
  const place = ["--dest", download, "--no-deps", "--only-binary=:all:", "--quiet"];
  const kind = ["--platform", wheel, "--python-version", "3.11", "--implementation", "cp", "--abi", "cp311"];
  run(python, ["-m", "pip", "download", `tensorflow-cpu==${TENSORFLOW}`, ...place, ...kind], {
    what: "Fetching tensorflow-cpu from PyPI",
  });
  const file = readdirSync(download).find((name) => name.endsWith(".whl"));
  if (file === undefined) throw new Missing("pip has downloaded no wheel of tensorflow-cpu.");
  rmSync(unpacked, { recursive: true, force: true });
  run(python, ["-c", UNPACK, join(download, file), WANTED.source, unpacked], { what: "Unpacking the wheel" });
  rmSync(download, { recursive: true });
  return library;
}

/** Where a library lies in a folder that somebody has given: itself, or its lib. */
function givenLibrary(path) {
  const library = resolve(path);
  const found = ["", "lib"]
    .map((part) => join(library, part))
    .find((one) => libraryIn(one, "tensorflow_framework"));
  if (found === undefined || !existsSync(join(library, "include")))
    throw new Missing(`${library} has no libtensorflow_framework and include.`);
  return { libraries: found, headers: join(library, "include") };
}

const libraryIn = (path, ...names) =>
  existsSync(path)
    ? readdirSync(path)
        .filter((file) => names.some((name) => file.startsWith(`lib${name}.so`)))
        .sort((a, b) => b.length - a.length)[0]
    : undefined;

/** Lays the library where the binding looks for it, under every name that the linker and the loader ask for. */
function linkLibrary({ libraries, headers }) {
  const main = libraryIn(libraries, "tensorflow_cc") ?? libraryIn(libraries, "tensorflow");
  const framework = libraryIn(libraries, "tensorflow_framework");
  const deps = join(tfjsNode, "deps");
  rmSync(deps, { recursive: true, force: true });
  mkdirSync(join(deps, "lib"), { recursive: true });
  symlinkSync(headers, join(deps, "include"));
  const names = {
    "libtensorflow.so": main,
    "libtensorflow.so.2": main,
    "libtensorflow_cc.so.2": main,
    "libtensorflow_framework.so": framework,
    "libtensorflow_framework.so.2": framework,
  };
  for (const [name, file] of Object.entries(names))
    if (file !== undefined) symlinkSync(join(libraries, file), join(deps, "lib", name));
}

/** Node's headers on this machine, so that they need not be downloaded; any version's do for this binding (N-API). */
function headersHere() {
  const prefixes = [dirname(dirname(process.execPath)), "/usr", "/usr/local"];
  return prefixes.find((prefix) => existsSync(join(prefix, "include/node/node_api.h")));
}

/** Loads the part of the library that talks while it is loaded, with stderr shut meanwhile. */
const QUIET = `#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>
extern "C" void* napi_register_module_v1(void*, void* exports) {
  int ours = dup(2), nowhere = open("/dev/null", O_WRONLY);
  dup2(nowhere, 2);
  dlopen(FRAMEWORK, RTLD_NOW);
  dup2(ours, 2);
  close(ours);
  close(nowhere);
  return exports;
}
`;

/**
 * Newer libraries tell on stderr that oneDNN is on, before they read how much they are to tell. Where that can't be
 * silenced, it is two lines a process and nothing else.
 */
function quieten() {
  const source = join(folder, "quiet.cc");
  writeFileSync(source, QUIET);
  const framework = JSON.stringify(join(tfjsNode, "deps/lib/libtensorflow_framework.so.2"));
  const args = [
    "-shared",
    "-fPIC",
    `-DFRAMEWORK=${framework}`,
    source,
    "-o",
    join(folder, QUIET_ADDON),
    "-ldl",
  ];
  try {
    run("g++", args, { what: "Compiling what keeps the library quiet" });
  } catch (error) {
    say(error.message);
  }
}

function buildBinding() {
  say("Compiling the binding …");
  const headers = headersHere();
  if (headers === undefined) say("Node's headers are not on this machine: node-gyp fetches them.");
  run("node-pre-gyp", ["install", "--build-from-source"], {
    what: "Compiling the binding (a C++ compiler, make and Python are needed)",
    cwd: tfjsNode,
    env: {
      PATH: [join(modules, ".bin"), process.env.PATH].join(delimiter),
      ...(headers === undefined ? {} : { npm_config_nodedir: headers }),
    },
  });
}

const isLink = (path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;

async function make(library) {
  const ready = readyNative();
  if (ready?.tfjsNode === TFJS_NODE && library === undefined && probe().version === ready.tensorflow) {
    say(`Native is ready: tfjs-node ${ready.tfjsNode} on TensorFlow ${ready.tensorflow}, in ${folder}.`);
    return;
  }
  for (const file of [STAMP, QUIET_ADDON]) rmSync(join(folder, file), { force: true });
  // npm would follow the link and look through the library.
  if (isLink(join(tfjsNode, "deps/include"))) rmSync(join(tfjsNode, "deps"), { recursive: true });
  installPackage();
  if (library !== undefined || !(await byItsOwnScript())) {
    const found = library === undefined ? libraryFromPyPI() : undefined;
    const parts =
      found === undefined ? givenLibrary(library) : { libraries: found, headers: join(found, "include") };
    linkLibrary(parts);
    buildBinding();
    quieten();
  }
  const { version, problem } = probe();
  if (version === undefined) throw new Missing(`tfjs-node was made but doesn't load:\n${problem}`);
  writeFileSync(join(folder, STAMP), `${JSON.stringify({ tfjsNode: TFJS_NODE, tensorflow: version })}\n`);
  say(`Native is ready: tfjs-node ${TFJS_NODE} on TensorFlow ${version}, in ${folder}.`);
}

const [option, path, ...rest] = process.argv.slice(2);
if (rest.length > 0 || (option !== undefined && (option !== "--library" || path === undefined))) {
  process.stderr.write("Use: npm run native [-- --library <folder with lib and include of libtensorflow>]\n");
  process.exit(2);
}
try {
  await make(path);
} catch (error) {
  if (!(error instanceof Missing)) throw error;
  process.stderr.write(`${error.message}\nNative was not made. Seams works without it.\n`);
  process.exit(1);
}
