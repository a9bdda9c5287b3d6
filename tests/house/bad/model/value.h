/* An innocent header. */
#ifndef MODEL_VALUE_H
#define MODEL_VALUE_H
struct value;
#endif
