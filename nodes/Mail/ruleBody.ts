import type {
	MessageRule,
	MessageRuleActions,
	MessageRulePredicates,
} from '@microsoft/microsoft-graph-types';
import { ParameterError, type ParamsOf } from '../kit/field';
import type { conditionsField, ruleContentFields, ruleOptionsField } from './fields/rule';

export type RuleContent = ParamsOf<typeof ruleContentFields> &
	ParamsOf<readonly [typeof ruleOptionsField]>;

type Conditions = ParamsOf<readonly [typeof conditionsField]>['conditions'];

/** A rule's parts as Graph takes them, without its name; what was not entered is left out. */
export function ruleBody(content: RuleContent): MessageRule {
	const { conditions, exceptions, options } = content;
	const parts =
		content.defineBy === 'json'
			? jsonParts(content.ruleJson)
			: {
					...part('conditions', conditions && predicatesOf(conditions)),
					...part('exceptions', exceptions && predicatesOf(exceptions)),
					...part('actions', actionsOf(content)),
				};
	return { ...parts, ...options };
}

function jsonParts(value: unknown): MessageRule {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
	throw new ParameterError(
		'Rule (JSON)',
		'is no object',
		'Enter a messageRule of Microsoft Graph.',
	);
}

function part(name: string, value: object | undefined): object {
	return value !== undefined && Object.keys(value).length > 0 ? { [name]: value } : {};
}

function predicatesOf(conditions: Conditions): MessageRulePredicates {
	const { is = [], minimumSize, maximumSize, ...others } = conditions;
	return {
		...(withoutEmpty(others) as MessageRulePredicates),
		...Object.fromEntries(is.map((name) => [name, true])),
		...((minimumSize !== undefined || maximumSize !== undefined) && {
			withinSizeRange: {
				// Both are needed; this is the largest that Graph's Int32 holds.
				minimumSize: minimumSize ?? 0,
				maximumSize: maximumSize ?? 2_147_483_647,
			},
		}),
	};
}

function actionsOf({ actions = {}, filing, folder }: RuleContent): MessageRuleActions {
	return {
		...(withoutEmpty(actions) as MessageRuleActions),
		...(filing !== undefined && filing !== 'none' && folder !== undefined && { [filing]: folder }),
	};
}

function withoutEmpty(entries: object): object {
	return Object.fromEntries(
		Object.entries(entries).filter(([, value]) => !Array.isArray(value) || value.length > 0),
	);
}
