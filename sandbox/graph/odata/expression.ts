/** What an OData `$filter` says. Paths keep the lambda variable as their first segment. */
export type Expression =
	| { readonly kind: 'literal'; readonly type: LiteralType; readonly value: LiteralValue }
	| { readonly kind: 'path'; readonly segments: readonly string[] }
	| {
			readonly kind: 'compare';
			readonly operator: Comparison;
			readonly left: Expression;
			readonly right: Expression;
	  }
	| { readonly kind: 'in'; readonly operand: Expression; readonly list: readonly Expression[] }
	| {
			readonly kind: 'logic';
			readonly operator: 'and' | 'or';
			readonly left: Expression;
			readonly right: Expression;
	  }
	| { readonly kind: 'not'; readonly operand: Expression }
	| { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
	| {
			readonly kind: 'lambda';
			readonly quantifier: 'any' | 'all';
			readonly collection: readonly string[];
			readonly variable: string;
			/** Absent in `any()`. */
			readonly body?: Expression;
	  };

export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
export type LiteralType = 'string' | 'number' | 'boolean' | 'null' | 'date' | 'guid';
export type LiteralValue = string | number | boolean | null;

export function isComparison(word: string): word is Comparison {
	return /^(eq|ne|gt|ge|lt|le)$/.test(word);
}

/** The property paths that an expression names, in the order in which they are written. */
export function pathsOf(expression: Expression): string[] {
	switch (expression.kind) {
		case 'literal':
			return [];
		case 'path':
			return [expression.segments.join('/')];
		case 'compare':
		case 'logic':
			return [...pathsOf(expression.left), ...pathsOf(expression.right)];
		case 'in':
			return pathsOf(expression.operand);
		case 'not':
			return pathsOf(expression.operand);
		case 'call':
			return expression.arguments.flatMap(pathsOf);
		case 'lambda':
			return [expression.collection.join('/')];
	}
}
