import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './say.mjs';

const pollMs = 500;
const stealGuardMaxAgeMs = 10_000;

/** Runs `work` while no other process of this checkout does; a dead process's lock is taken over. */
export async function withLock(file, work) {
	mkdirSync(dirname(file), { recursive: true });
	let hasSaid = false;
	while (!tryTake(file)) {
		const owner = readOwner(file);
		if (owner !== undefined && !isAlive(owner)) steal(file, owner);
		else if (!hasSaid) {
			say(`waiting for process ${owner ?? '?'}, which is doing the same`);
			hasSaid = true;
		}
		await sleep(pollMs);
	}
	try {
		return await work();
	} finally {
		rmSync(file, { force: true });
	}
}

function tryTake(file) {
	try {
		writeFileSync(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (error.code === 'EEXIST') return false;
		throw error;
	}
}

function readOwner(file) {
	try {
		return Number(readFileSync(file, 'utf8')) || undefined;
	} catch {
		return undefined;
	}
}

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

/** Two waiters must not both remove the lock: the second would remove the first one's new lock. */
function steal(file, deadOwner) {
	const guard = `${file}.steal`;
	if (!tryTake(guard)) {
		const age = Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
		if (age > stealGuardMaxAgeMs) rmSync(guard, { force: true });
		return;
	}
	try {
		if (readOwner(file) === deadOwner) rmSync(file, { force: true });
	} finally {
		rmSync(guard, { force: true });
	}
}
