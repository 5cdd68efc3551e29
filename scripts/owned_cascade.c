/* The cascade's loops in C: the bound that scripts/bench_owned.py measures against. */
#include <stdint.h>
#include <string.h>
typedef const int32_t *ints;
/* group the holdings by owner in two counting passes, and sum the lower bounds of each party's owners */
void group(int64_t edges, int32_t size, ints owner, ints owned, ints low, ints high, int32_t *first, int32_t *held,
           int32_t *load) {
    memset(first, 0, sizeof(int32_t) * (size + 2));
    memset(load, 0, sizeof(int32_t) * size);
    for (int64_t e = 0; e < edges; e++) { first[owner[e] + 2]++; load[owned[e]] += low[e]; }
    for (int32_t p = 0; p < size; p++) first[p + 2] += first[p + 1];
    for (int64_t e = 0; e < edges; e++) {
        int64_t place = first[owner[e] + 1]++;
        held[3 * place] = owned[e]; held[3 * place + 1] = low[e]; held[3 * place + 2] = high[e];
    }
}
int32_t least_low(int32_t size, ints first, ints held, int32_t seeds, ints listed, int32_t threshold, int32_t *queue,
                  int32_t *left) {
    int32_t tail = 0;
    for (int32_t p = 0; p < size; p++) left[p] = threshold;
    for (int32_t s = 0; s < seeds; s++) { left[listed[s]] = 0; queue[tail++] = listed[s]; }
    for (int32_t head = 0; head < tail; head++)
        for (int32_t row = first[queue[head]], stop = first[queue[head] + 1]; row < stop; row++) {
            int32_t p = held[3 * row];
            if (left[p] > 0 && (left[p] -= held[3 * row + 1]) <= 0) queue[tail++] = p;
        }
    return tail;
}
int32_t least_high(int32_t size, ints first, ints held, int32_t seeds, ints listed, int32_t threshold, int32_t *queue,
                   int32_t *left, ints load) {
    int32_t tail = 0, whole = 1000000;
    for (int32_t p = 0; p < size; p++) {
        int32_t need = threshold + load[p] - whole;
        left[2 * p] = threshold; left[2 * p + 1] = load[p] > whole || need < 0 ? 0 : need;
    }
    for (int32_t s = 0; s < seeds; s++) {
        left[2 * listed[s]] = left[2 * listed[s] + 1] = 0;
        queue[tail++] = listed[s];
    }
    for (int32_t head = 0; head < tail; head++)
        for (int32_t row = first[queue[head]], stop = first[queue[head] + 1]; row < stop; row++) {
            int32_t *l = left + 2 * (int64_t)held[3 * row];
            if (l[0] <= 0 && l[1] <= 0) continue;
            if (l[0] > 0) l[0] -= held[3 * row + 2];
            if (l[1] > 0) l[1] -= held[3 * row + 1];
            if (l[0] <= 0 && l[1] <= 0) queue[tail++] = held[3 * row];
        }
    return tail;
}
