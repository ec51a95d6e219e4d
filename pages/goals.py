from views import page

v = page.visit()
page.bar(v)
page.head(v, "goals", v.w("site.nav.goals"), v.w("site.description"))
page.foot(v)
