// The least that a list in a terminal can cost: made-up subscription rows, a selected row, and nothing else. Plain C on
// curses, no network, no marketplace. What the dashboard is measured against.
//
//     ListFloor ROWS [--preview]
//
// j k g G move, q leaves. With --preview a pane beside the list shows the selected row, as the dashboard does in windows
// of 100 columns and more.
#define _GNU_SOURCE 1
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct row {
    char id[12], customer[28], product[36], date[12];
    int status, units;
};

static const char *const states[] = {"active", "pending", "hold", "terminated"};

static void fill(struct row *rows, long count) {
    for (long i = 0; i < count; i++) {
        struct row *row = &rows[i];
        snprintf(row->id, sizeof row->id, "%ld", 1000000 + i);
        snprintf(row->customer, sizeof row->customer, "Customer %ld Ltd", i * 7919 % count);
        snprintf(row->product, sizeof row->product, "Business Plan %ld (annual)", i % 97);
        snprintf(row->date, sizeof row->date, "20%02ld-%02ld-%02ld", 26 + i % 3, 1 + i % 12, 1 + i % 28);
        row->status = (int)(i % 4), row->units = (int)(1 + i % 300);
    }
}

static void draw_row(const struct row *row, int y, int width, bool is_selected) {
    char line[256];
    attr_t look = is_selected ? COLOR_PAIR(1) : A_NORMAL;
    snprintf(line, sizeof line, " %-10s %-28s %-36s %-12s %6d %s", row->id, row->customer, row->product,
             states[row->status], row->units, row->date);
    attron(look);
    mvprintw(y, 0, "%-*.*s", width, width, line);
    attroff(look);
}

static void draw_preview(const struct row *row, int x, int height) {
    mvvline(1, x - 1, ACS_VLINE, height);
    attron(A_BOLD);
    mvprintw(1, x + 1, "%s", row->product);
    attroff(A_BOLD);
    mvprintw(2, x + 3, "%-14s%s", "subscription", row->id);
    mvprintw(3, x + 3, "%-14s%s", "customer", row->customer);
    mvprintw(4, x + 3, "%-14s%s", "status", states[row->status]);
    mvprintw(5, x + 3, "%-14s%d", "units", row->units);
    mvprintw(6, x + 3, "%-14s%d.%02d EUR monthly", "price", row->units * 7, row->units % 100);
    mvprintw(7, x + 3, "%-14s%s", "renews", row->date);
}

int main(int argc, char **argv) {
    long count = argc > 1 ? atol(argv[1]) : 1500, selected = 0, top = 0;
    bool has_preview = argc > 2 && strcmp(argv[2], "--preview") == 0;
    if (count < 1) return 64;
    struct row *rows = calloc((size_t)count, sizeof *rows);
    if (rows == NULL) return 1;
    fill(rows, count);
    setlocale(LC_ALL, "");
    initscr(), raw(), noecho(), keypad(stdscr, TRUE), curs_set(0), start_color(), use_default_colors();
    init_pair(1, COLOR_BLACK, COLOR_CYAN);
    for (;;) {
        int height, width;
        getmaxyx(stdscr, height, width);
        int list = has_preview ? width - width * 36 / 100 - 1 : width;
        if (selected < top) top = selected;
        if (selected >= top + height - 2) top = selected - height + 3;
        erase();
        mvprintw(0, 0, "Subscriptions  %ld of %ld", selected + 1, count);
        for (int y = 1; y < height - 1 && top + y - 1 < count; y++)
            draw_row(&rows[top + y - 1], y, list, top + y - 1 == selected);
        if (has_preview) draw_preview(&rows[selected], list + 1, height - 2);
        mvprintw(height - 1, 0, "ready");
        refresh();
        int key = getch();
        if (key == 'q') break;
        if ((key == 'j' || key == KEY_DOWN) && selected < count - 1) selected++;
        if ((key == 'k' || key == KEY_UP) && selected > 0) selected--;
        if (key == 'G') selected = count - 1;
        if (key == 'g') selected = 0;
    }
    endwin();
    return 0;
}
