import type { INodePropertyMode } from 'n8n-workflow';
import { type Field, type Lookup, ParameterError, type ReadContext } from '../field';
import { asText, show } from '../fields/rawValues';

/** One way to say which thing is meant. */
export interface LocatorMode {
	/** Never changes: workflows hold it. */
	readonly name: string;
	readonly form: Omit<INodePropertyMode, 'name'>;
	/** @param value not empty, trimmed */
	readonly read: (value: string, context: ReadContext) => string | Lookup<string>;
}

interface LocatorOptions {
	readonly displayName: string;
	readonly description?: string;
	readonly modes: readonly LocatorMode[];
	readonly default?: {
		readonly mode: string;
		readonly value: string;
		readonly cachedResultName?: string;
	};
	/** The mode of a bare text, which expressions and AI agents may answer. */
	readonly modeOf: (value: string) => string;
}

/** A picker with further ways to name a thing; reads as the thing's id. Always required. */
export function locator<const Name extends string>(
	name: Name,
	options: LocatorOptions,
): Field<Name, string> {
	const { displayName, description, modes } = options;
	return {
		name,
		property: {
			displayName,
			name,
			type: 'resourceLocator',
			required: true,
			default: { ...(options.default ?? { mode: modes[0]?.name ?? '', value: '' }), __rl: true },
			...(description !== undefined && { description }),
			modes: modes.map((mode): INodePropertyMode => ({ name: mode.name, ...mode.form })),
		},
		read: (raw, context) => {
			const { mode, value } = parts(raw, options);
			const text = asText(value, displayName).trim();
			if (text === '') throw new ParameterError(displayName, 'is empty', 'Choose one.');
			const known = modes.find(({ name: modeName }) => modeName === mode);
			if (!known) throw new ParameterError(displayName, `has the unknown mode ${show(mode)}`);
			return known.read(text, context);
		},
	};
}

function parts(
	raw: unknown,
	{ displayName, modeOf }: LocatorOptions,
): { mode: unknown; value: unknown } {
	if (typeof raw === 'object' && raw !== null && 'mode' in raw && 'value' in raw) {
		return { mode: raw.mode, value: raw.value };
	}
	const value = asText(raw, displayName);
	return { mode: modeOf(value.trim()), value };
}
