import type { INodeProperties } from 'n8n-workflow';
import { type Field, ParameterError } from '../../kit/field';
import { asText, asTextList } from '../../kit/fields/rawValues';

interface Options {
	readonly displayName: string;
	readonly description?: string;
}

const loaded: NonNullable<INodeProperties['typeOptions']> = {
	loadOptionsMethod: 'getColumnNames',
	loadOptionsDependsOn: ['site.value', 'list.value'],
};

/** A column of the list, by its internal name; expressions may answer the displayed one. */
export function columnName<const Name extends string>(
	name: Name,
	{ displayName, description }: Options,
): Field<Name, string> {
	return {
		name,
		property: {
			displayName,
			name,
			type: 'options',
			default: '',
			typeOptions: loaded,
			description: `${description === undefined ? '' : `${description}. `}Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>`,
		},
		read: (raw) => {
			const value = asText(raw, displayName).trim();
			if (value === '') throw new ParameterError(displayName, 'is empty', 'Choose a column.');
			return value;
		},
	};
}

/** Several columns of the list. */
export function columnNames<const Name extends string>(
	name: Name,
	{ displayName, description }: Options,
): Field<Name, readonly string[]> {
	return {
		name,
		property: {
			displayName,
			name,
			type: 'multiOptions',
			default: [],
			typeOptions: loaded,
			description: `${description === undefined ? '' : `${description}. `}Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>`,
		},
		read: (raw) => asTextList(raw, displayName),
	};
}
