/*
 * The syntax tree of one template.
 *
 * Nodes live in the arena of their set and are immutable once parsed; names
 * and literals point into the source.  `begin` is the place that Helm's error
 * texts name, which for `.A.B` is the dot before B.
 */
#ifndef TEMPLATES_AST_H
#define TEMPLATES_AST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/value.h"

struct func;
struct str;

enum node_kind {
	NODE_TEXT,
	NODE_ACTION,
	NODE_IF,
	NODE_WITH,
	NODE_RANGE,
	NODE_TEMPLATE,
	NODE_BREAK,
	NODE_CONTINUE,
	NODE_PIPE,
	NODE_COMMAND,
	NODE_FIELD,    /* .A.B */
	NODE_VARIABLE, /* $x.A.B */
	NODE_CHAIN,    /* (pipe).A.B */
	NODE_FUNCTION,
	NODE_DOT,
	NODE_NIL,
	NODE_BOOL,
	NODE_NUMBER,
	NODE_STRING,
};

/* A piece of the source. */
struct word {
	const char *at;
	uint32_t len;
};

struct node_list {
	struct node **items;
	uint32_t count;
};

/* No such variable where the program runs, though the parser saw one. */
enum {
	SLOT_NONE = -1
};

/* A variable that a pipeline declares or assigns to. */
struct declaration {
	struct word name; /* with its $ */
	int32_t slot;
};

struct node_text {
	uint32_t end; /* literal bytes [begin, end) of the source */
};

struct node_action {
	struct node *pipe;
	struct origin origin; /* of the whole {{ action }} */
};

/* if, with and range. */
struct node_control {
	struct node *pipe;
	struct node_list body;
	struct node_list otherwise;
	struct origin origin;
	bool has_else;
};

struct node_template {
	struct word name;  /* unquoted */
	struct node *pipe; /* NULL: nil */
	struct origin origin;
};

struct node_pipe {
	struct node_list commands;
	struct declaration *declared; /* NULL: none; else room for two */
	uint8_t declarations;
	bool assigns; /* = and not := */
};

struct node_fields {
	struct word *names;
	uint32_t count;
	int32_t slot;                 /* NODE_VARIABLE */
	union {                       /* absent from NODE_FIELD */
		struct node *base;    /* NODE_CHAIN: what is in front */
		struct word variable; /* NODE_VARIABLE: with its $ */
	};
};

struct node_function {
	struct word name;
	const struct func *func;
};

/* Numbers and strings, ready to be used as values. */
struct node_literal {
	struct value value; /* of the literal where any type will do */
	struct word text;   /* as it was written */
	/* From here on NODE_NUMBER alone. */
	bool is_int; /* it may stand for an int parameter */
	bool is_float;
	bool overflows; /* an unsigned number no int can hold */
	int64_t integer;
	double real;
};

/* Allocated as far as its kind needs: never copy one. */
struct node {
	uint8_t kind; /* enum node_kind */
	uint32_t begin;
	union {
		struct node_text text;
		struct node_action action;
		struct node_control control;
		struct node_template template;
		struct node_pipe pipe;
		struct node_list command;
		struct node_fields fields;
		struct node_function function;
		struct node_literal literal;
	};
};

/* One named template. */
struct template_tree {
	struct word name;
	const char *file; /* that error texts name */
	const struct source *source;
	const char *text; /* its bytes, or equal ones: words point into it */
	struct node_list body;
	int32_t slots;    /* of variables; 0 is $ */
	uint32_t nesting; /* levels of its deepest block or parenthesis */
	bool empty;       /* only space and comments */
	bool broken;      /* its file did not parse; there is no body */
	uint32_t begin;   /* of its first byte in the source */
};

bool word_same(const struct word *a, const struct word *b);

/* Empty, in the arena. */
struct node *node_new(struct arena *arena, enum node_kind kind, uint32_t begin);

/* Whether there is only space, which never replaces a definition. */
bool node_list_is_space(const struct node_list *list,
			const struct source *source);

/* Append the node as Go prints it: .Values.a | quote, {{template "x" .}}. */
void node_print(struct str *out, const struct node *node,
		const struct source *source);

#endif
