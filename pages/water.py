from views import page

v = page.visit()
page.bar(v)
page.head(v, "water", v.w("site.nav.water"), v.w("site.description"))
page.foot(v)
