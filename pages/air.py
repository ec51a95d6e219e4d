from views import page

v = page.visit()
page.bar(v)
page.head(v, "air", v.w("site.nav.air"), v.w("site.description"))
page.foot(v)
