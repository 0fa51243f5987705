import { readFileSync, writeFileSync } from 'node:fs';

const mebibyte = 1024;

/** Resident memory of a process in MiB; `undefined` where the system does not tell (not Linux). */
export function residentMiB(pid) {
	return field(pid, 'VmRSS');
}

/** Begins a new peak: the kernel then counts from the present state. */
export function forgetPeak(pid) {
	if (pid !== undefined) writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** The most since `forgetPeak`. */
export function peakMiB(pid) {
	return field(pid, 'VmHWM');
}

function field(pid, name) {
	if (pid === undefined) return undefined;
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / mebibyte;
}
