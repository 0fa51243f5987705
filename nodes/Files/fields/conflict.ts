import { choice } from '../../kit/fields/values';

export type Conflict = 'fail' | 'replace' | 'rename';

const options = [
	{ name: 'Fail', value: 'fail', description: 'Leave what is there, and say so' },
	{ name: 'Keep Both', value: 'rename', description: 'Give the new one a number' },
	{ name: 'Replace', value: 'replace', description: 'A file becomes a new version of the old one' },
] as const;

export const conflictField = choice('conflict', {
	displayName: 'If the Name Is Taken',
	options,
	default: 'fail',
	description: 'What to do if something with this name is in the folder already',
});

/** In a query, as Graph takes it beside the content of a file. */
export const conflictQuery = (conflict: Conflict): Record<string, string> => ({
	'@microsoft.graph.conflictBehavior': conflict,
});
